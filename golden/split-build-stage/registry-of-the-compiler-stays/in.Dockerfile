FROM public.ecr.aws/docker/library/gcc:12
WORKDIR /src
COPY main.c .
RUN gcc -O2 -o /usr/local/bin/count main.c
CMD ["count"]
