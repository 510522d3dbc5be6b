RUN pip install --no-cache-dir a
RUN dnf -y up && dnf clean all
