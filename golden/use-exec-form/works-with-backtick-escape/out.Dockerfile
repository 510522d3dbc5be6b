# escape=`
FROM debian:12
CMD ["prog", `
  "C:\\x", "-a"]
