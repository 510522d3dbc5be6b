FROM debian:12
# why
CMD ["nginx", "-v", \
    "-t"]
