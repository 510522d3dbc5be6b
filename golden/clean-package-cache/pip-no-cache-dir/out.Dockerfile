FROM python:3.12
RUN pip install --no-cache-dir -U pip && python3 -m pip install --no-cache-dir -r r.txt && /v/bin/pip3.12 install --no-cache-dir .
