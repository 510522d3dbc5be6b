FROM debian:12
CMD foo bar
ENTRYPOINT "a b" 
