#!/usr/bin/env python3
"""Makes a picture and says how large it is."""
import subprocess
import sys

subprocess.run(["convert", "-size", sys.argv[1], "xc:navy", "/tmp/a.png"], check=True)
done = subprocess.run(["identify", "-format", "%wx%h %m", "/tmp/a.png"],
                      capture_output=True, text=True, check=True)
print(done.stdout)
