FROM debian:12
CMD ['sh', '-c', 'serve --port $PORT']
