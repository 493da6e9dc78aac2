"""A JupyterHub for the course: one release that everybody reads, and a folder per student.

Run it as root from the release's folder, after `npx course setup hub` (docs/hub.md):

    COURSE_HUB_AUTH=lti13 .local/hub/bin/jupyterhub -f deploy/jupyterhub_config.py

Settings come from the environment, or from lines added below:

COURSE_HUB_AUTH      how people sign in: lti13, pam (accounts of this machine), or password (one for
                     all, to try it)
COURSE_HUB_ADMINS    names of administrators, with commas
COURSE_HUB_URL       where the proxy listens, http://127.0.0.1:8000 unless given
COURSE_HUB_DATA      the hub's database and students' folders; unless given,
                     /var/lib/foundation-models
COURSE_HUB_MEMORY    how much memory each process of a student may use, 2G unless given
COURSE_HUB_CORES     processor cores of a student, 1 unless given
COURSE_HUB_IDLE      seconds after which an idle server stops, 3600 unless given
COURSE_HUB_SOLUTIONS  1 where students may read the solutions: the hub then runs from the repository
COURSE_HUB_BEHIND_TLS  1 where a web server in front of the hub holds the certificate
COURSE_HUB_PASSWORD  with password: that of everybody, at least eight letters
LTI13_CLIENT_ID, LTI13_ISSUER, LTI13_AUTHORIZE_URL, LTI13_JWKS_URL
                     with lti13: what the learning platform shows when you register the hub there
LTI13_NAME           the claim that names a student, sub unless given
"""

import os
import shutil
import stat
import sys
from pathlib import Path

from traitlets.config import get_config

course = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(course / "deploy"))
from student_spawner import StudentSpawner  # noqa: E402

c = get_config()
setting = os.environ.get


def required(name: str) -> str:
    """A setting without which the hub cannot start."""
    value = setting(name)
    if not value:
        sys.exit(f"Set {name}: {course / 'deploy' / 'jupyterhub_config.py'} says what it is.")
    return value


if (course / "solutions" / "src" / "index.ts").exists() and not setting("COURSE_HUB_SOLUTIONS"):
    sys.exit(
        f"Students could read the solutions in {course}: run the hub from a release "
        "(npx course release), or set COURSE_HUB_SOLUTIONS=1 where they may."
    )
if os.geteuid() != 0:
    sys.exit("Start the hub as root: each student's server runs as a user of its own.")
node = shutil.which("node")
if node is None:
    sys.exit("Node.js is not on the PATH of this hub.")
for path in (course, Path(node).resolve(), Path(sys.executable).resolve()):
    for folder in (path, *path.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            sys.exit(f"Students' servers need {path}, and nobody but its owner may enter {folder}.")

data = Path(setting("COURSE_HUB_DATA", "/var/lib/foundation-models"))
students = data / "students"
students.mkdir(parents=True, exist_ok=True)
data.chmod(0o711)
students.chmod(0o711)
hub = data / "hub"
hub.mkdir(mode=0o700, exist_ok=True)

# The hub and its proxy
url = setting("COURSE_HUB_URL", "http://127.0.0.1:8000")
c.JupyterHub.bind_url = url
c.JupyterHub.db_url = f"sqlite:///{hub / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(hub / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(hub / "proxy.pid")
proxy = course / ".local" / "hub-proxy" / "node_modules" / "configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [node, str(proxy / "bin" / "configurable-http-proxy")]
c.Authenticator.admin_users = set(filter(None, setting("COURSE_HUB_ADMINS", "").split(",")))
c.Authenticator.allow_all = True

# Signing in
authentication = required("COURSE_HUB_AUTH")
if authentication == "lti13":
    c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
    c.LTI13Authenticator.client_id = {required("LTI13_CLIENT_ID")}
    c.LTI13Authenticator.issuer = required("LTI13_ISSUER")
    c.LTI13Authenticator.authorize_url = required("LTI13_AUTHORIZE_URL")
    c.LTI13Authenticator.jwks_endpoint = required("LTI13_JWKS_URL")
    c.LTI13Authenticator.username_key = setting("LTI13_NAME", "sub")
    c.LTI13Authenticator.tool_name = "Foundation models, block by block"
    if url.startswith("https:") or setting("COURSE_HUB_BEHIND_TLS"):
        # the platform's page sends the browser here, from another site
        c.JupyterHub.tornado_settings = {"cookie_options": {"SameSite": "None", "Secure": True}}
        c.LTI13Authenticator.uri_scheme = "https"
elif authentication == "pam":
    c.JupyterHub.authenticator_class = "pam"
elif authentication == "password":
    c.JupyterHub.authenticator_class = "shared-password"
    c.SharedPasswordAuthenticator.user_password = required("COURSE_HUB_PASSWORD")
else:
    sys.exit(f"COURSE_HUB_AUTH is {authentication}: choose lti13, pam or password.")

# A student's server
c.JupyterHub.spawner_class = StudentSpawner
c.StudentSpawner.students = str(students)
c.StudentSpawner.cmd = [sys.executable, str(course / "deploy" / "student_server.py")]
c.StudentSpawner.mem_limit = setting("COURSE_HUB_MEMORY", "2G")
c.StudentSpawner.cpu_limit = float(setting("COURSE_HUB_CORES", "1"))
c.StudentSpawner.start_timeout = 120
c.StudentSpawner.environment = {
    "COURSE_ROOT": str(course),
    "COURSE_NODE": node,
    # the fastest device per student is not the best for a full machine: WASM takes half the memory
    "COURSE_DEVICE": setting("COURSE_DEVICE", "wasm"),
}
c.StudentSpawner.default_url = "/lab"

# Idle servers stop; what was saved stays
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [
            sys.executable,
            "-m",
            "jupyterhub_idle_culler",
            f"--timeout={setting('COURSE_HUB_IDLE', '3600')}",
        ],
    }
]
