FROM python:3.12
RUN pip install -U pip && python3 -m pip install -r r.txt && /v/bin/pip3.12 install .
