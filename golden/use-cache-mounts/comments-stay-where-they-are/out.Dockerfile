FROM python:3.12
# The web framework.
RUN --mount=type=cache,target=/root/.cache/pip \
    # pinned by hand
    pip install flask==3.0 # with a comment
