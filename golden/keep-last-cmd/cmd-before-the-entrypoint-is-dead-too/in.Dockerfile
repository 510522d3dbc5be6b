FROM debian:12
CMD ["a"]
ENTRYPOINT ["b"]
CMD ["c"]
