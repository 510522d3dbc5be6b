RUN pip install a
RUN dnf -y up
