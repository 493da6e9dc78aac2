"""The first step of the fallback sandbox: restricts this process, then becomes the program.

python3 -I -S lockdown.py FILTER LIMITS READABLE PROGRAM ARGUMENT...

FILTER is a file with a filter of system calls. LIMITS is JSON, the resource limits by name.
READABLE is JSON, the files and folders that stay readable where the kernel has Landlock. All
restrictions stay in force in the program, which can't lift them. With the argument --landlock
instead of a program, the exit status tells whether the kernel has Landlock.
"""

import ctypes
import json
import os
import resource
import sys

PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
# the same numbers on x86-64 and arm64
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
ALL_OF_VERSION_1 = (1 << 13) - 1

libc = ctypes.CDLL(None, use_errno=True)


class Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


class Rule(ctypes.Structure):
    """struct landlock_path_beneath_attr."""

    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def fail(what):
    sys.exit(f"{what}: {os.strerror(ctypes.get_errno())}")


def limit(limits):
    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            resource.setrlimit(kind, (value, value))


def restrict_files(readable):
    """Makes only these files readable, if the kernel has Landlock. Returns whether it has."""
    handled = ctypes.c_uint64(ALL_OF_VERSION_1)
    size = ctypes.c_size_t(8)
    rules = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(handled), size, 0)
    if rules < 0:
        return False
    for path in readable:
        file = os.open(path, os.O_PATH | os.O_CLOEXEC)
        may = EXECUTE | READ_FILE | (READ_DIR if os.path.isdir(path) else 0)
        rule = Rule(may, file)
        if libc.syscall(LANDLOCK_ADD_RULE, rules, 1, ctypes.byref(rule), 0) != 0:
            fail("landlock_add_rule")
        os.close(file)
    if libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0) != 0:
        fail("landlock_restrict_self")
    os.close(rules)
    return True


def filter_calls(instructions):
    program = Program(len(instructions) // 8, instructions)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        fail("seccomp")


def main(filter_file, limits, readable, *command):
    with open(filter_file, "rb") as file:
        instructions = file.read()
    limit(json.loads(limits))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        fail("no_new_privs")
    has_landlock = restrict_files(json.loads(readable))
    if command == ("--landlock",):
        sys.exit(0 if has_landlock else 3)
    filter_calls(instructions)
    os.execve(command[0], command, {})


main(*sys.argv[1:])
