"""What nbgrader needs to know of the course: a class's nbgrader_config.py loads this file."""

import os
import shutil
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions

COURSE = Path(__file__).resolve().parents[3]

if shutil.which("node") is None:
    raise SystemExit("Node, which runs the notebooks, isn't on the PATH: add its folder to PATH.")

# the kernelspec of the notebooks
kernels = str(COURSE / "engine" / "kernel" / "jupyter")
others = os.environ.get("JUPYTER_PATH")
os.environ["JUPYTER_PATH"] = os.pathsep.join([kernels, others] if others else [kernels])


class ClearAnswers(ClearSolutions):
    """Takes answers out of solution cells, so that a student gets the course's own stub.

    A line that throws takes the place of what stands between the marks. Where these are at the
    left margin, around a helper of the answer, nothing does.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        name = cell.metadata.get("course", {}).get("name", "this function")
        stub = f'throw new Error("not written yet: {name}");'
        self.code_stub = {**self.code_stub, "typescript": stub}
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.cell_type == "code":
            lines = [line for line in cell.source.split("\n") if line != stub]
            cell.source = "\n".join(lines) or stub
        return cell, resources


c = get_config()  # noqa: F821, which nbgrader defines
steps = GenerateAssignment.preprocessors.default()
c.GenerateAssignment.preprocessors = [
    ClearAnswers if step is ClearSolutions else step for step in steps
]
c.ClearSolutions.code_stub = {"typescript": 'throw new Error("not written yet");'}
c.ClearSolutions.text_stub = "*Double-click here and write your answer.*"

# seconds for a kernel to start, and for a cell; the first check of a notebook grades all of it
c.Execute.startup_timeout = 120
c.Execute.timeout = 300
