"""Makes or updates the student's copies of the notebooks, then becomes the student's server.
JupyterHub runs it as the student, with the arguments of jupyterhub-singleuser.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

course = Path(os.environ["COURSE_ROOT"])
node = os.environ["COURSE_NODE"]

copies = subprocess.run(
    [node, str(course / "engine" / "cli" / "bin" / "course.mjs"), "copies", "--env"],
    cwd=course,
    stdout=subprocess.PIPE,
    text=True,
    check=False,
)
if copies.returncode != 0:
    sys.exit(f"The student's copies could not be made: {copies.stdout.strip()}")
*messages, environment = copies.stdout.strip().split("\n")
for message in messages:
    print(message)
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
