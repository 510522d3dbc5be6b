FROM debian:12
CMD ["prog", "a b", "c d", "e \"f\" \\ g", "h\\i", "x\"y", "", "tab\tend"]
