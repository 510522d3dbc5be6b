FROM debian:12
RUN pip install numpy
RUN make -j4
