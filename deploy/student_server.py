"""Starts a student's Jupyter server, as the student: copies of the notebooks first, then the server
in the place of this process. JupyterHub calls it with the arguments of jupyterhub-singleuser.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

course = Path(os.environ["COURSE_ROOT"])
node = os.environ["COURSE_NODE"]

prepared = subprocess.run(
    [node, str(course / "engine" / "cli" / "bin" / "course.mjs"), "copies", "--env"],
    cwd=course,
    stdout=subprocess.PIPE,
    text=True,
    check=False,
)
if prepared.returncode != 0:
    sys.exit(f"The student's copies could not be made: {prepared.stdout.strip()}")
*said, environment = prepared.stdout.strip().split("\n")
for line in said:
    print(line)
os.environ.update(json.loads(environment))

os.execv(
    sys.executable,
    [
        sys.executable,
        "-m",
        "jupyterhub.singleuser",
        *sys.argv[1:],
        f"--ServerApp.root_dir={os.environ['COURSE_PERSONAL']}",
    ],
)
