FROM debian:12 AS files
RUN mkdir /a
RUN mkdir /b
FROM debian:12
RUN --mount=type=bind,from=files,target=/mnt cp -r /mnt/a /a
