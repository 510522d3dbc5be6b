FROM registry.example.com/team/base
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install flask
