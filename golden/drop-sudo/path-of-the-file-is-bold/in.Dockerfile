FROM debian:12
ENV PATH=/opt/conda/bin:$PATH
RUN sudo pip install flask
