"""Starts each student's server as a process of this machine under a user number of its own, so that
no accounts have to be made. The owner of the student's folder is that user.
"""

import os
import resource
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Bool, Int, Unicode

# processes and threads of a student; each kernel has a few dozen threads of Node
MAX_PROCESSES = 512


class StudentSpawner(LocalProcessSpawner):
    """Starts the server in the student's folder, with limits.

    mem_limit holds for each process by itself, since nothing but the kernel's accounting for
    groups of processes could add them up. cpu_limit is a number of cores.
    """

    students = Unicode(help="The folder that holds a folder for each student.").tag(config=True)
    first_uid = Int(200_000, help="The first student's user number.").tag(config=True)
    become_student = Bool(
        True,
        help="Whether servers run as users of their own; without it, nothing keeps them apart.",
    ).tag(config=True)

    def folder(self) -> Path:
        """The student's folder. A name is escaped, so it can't lead anywhere else."""
        name = self.user.escaped_name
        if name.startswith("."):
            raise ValueError(f"{name} can't be the name of a student's folder.")
        return Path(self.students) / name

    def uid(self) -> int:
        """The owner of the student's folder. Makes the folder and picks a number first."""
        folder = self.folder()
        if not folder.exists():
            others = [other.stat().st_uid for other in folder.parent.iterdir()]
            owner = max([self.first_uid - 1, *others]) + 1 if self.become_student else os.getuid()
            part = folder.parent / f".{folder.name}.part"
            part.mkdir(mode=0o700, exist_ok=True)
            os.chown(part, owner, owner)
            part.rename(folder)
        owner = folder.stat().st_uid
        if self.become_student and owner < self.first_uid:
            raise PermissionError(f"{folder} belongs to user {owner}, which is no student.")
        return owner

    def make_preexec_fn(self, name):
        """A function for the new process: it sets limits, then gives up root for good."""
        uid = self.uid()
        folder = str(self.folder())
        memory = self.mem_limit
        cores = sorted(os.sched_getaffinity(0))
        count = max(1, round(self.cpu_limit or len(cores)))
        first = uid * count
        assigned = {cores[(first + i) % len(cores)] for i in range(count)}

        def become_limited():
            if memory:
                resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
            resource.setrlimit(resource.RLIMIT_NPROC, (MAX_PROCESSES, MAX_PROCESSES))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.sched_setaffinity(0, assigned)
            os.nice(5)
            if self.become_student:
                os.setgroups([])
                os.setgid(uid)
                os.setuid(uid)
            os.umask(0o077)
            os.chdir(folder)

        return become_limited

    def user_env(self, env):
        """Points every program of the student to the student's folder."""
        folder = self.folder()
        env["USER"] = self.user.name
        env["HOME"] = str(folder)
        env["SHELL"] = "/bin/sh"
        env["COURSE_PERSONAL"] = str(folder / "foundation-models")
        return env
