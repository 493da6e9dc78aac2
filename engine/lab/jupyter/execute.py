"""
Runs a notebook in its kernel: execute.py IN OUT. When a cell fails it prints which and why, as
JSON, and writes nothing. It ends, and the kernel with it, when its standard input does: then
whoever waited for it is gone.
"""

import asyncio
import json
import os
import sys
import threading

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

SECONDS_FOR_A_CELL = 300


def fail(cell, error):
    print(json.dumps({"cell": cell, "error": error}))


def notes_about_types(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("metadata", {}).get("course", {}).get("note") == "types":
                yield cell.get("id"), output["data"]["text/plain"]


def end_with_input(client):
    while os.read(0, 1024):
        pass
    kernel = getattr(getattr(client.km, "provisioner", None), "process", None)
    if kernel:
        kernel.kill()
    os._exit(1)


def main(source, target):
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    notebook = nbformat.read(source, as_version=4)
    current = None

    def start(cell, cell_index):
        nonlocal current
        current = cell.get("id")

    client = NotebookClient(
        notebook, timeout=SECONDS_FOR_A_CELL, on_cell_start=start, record_timing=False
    )
    threading.Thread(target=end_with_input, args=[client], daemon=True).start()
    try:
        client.execute()
    except CellExecutionError as e:
        fail(current, f"{e.ename}: {e.evalue}")
    except CellTimeoutError:
        fail(current, f"it runs for more than {SECONDS_FOR_A_CELL} s")
    except DeadKernelError:
        fail(current, "the kernel died: it was killed, or its memory was full")
    else:
        note = next(notes_about_types(notebook), None)
        if note:
            fail(*note)
        else:
            nbformat.write(notebook, target)


main(*sys.argv[1:])
