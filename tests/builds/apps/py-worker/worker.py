"""Takes jobs from a folder; ends cleanly when it is told to."""
import pathlib
import signal
import sys
import threading

import yaml

stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())

settings = yaml.safe_load(pathlib.Path("settings.yml").read_text())
print("watching", settings["spool"], "every", sys.argv[-1], "seconds", flush=True)
while not stop.wait(float(sys.argv[-1])):
    for job in pathlib.Path(settings["spool"]).iterdir():
        print("job", job.name, flush=True)
print("done", flush=True)
