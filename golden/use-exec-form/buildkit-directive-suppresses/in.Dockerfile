# check=skip=JSONArgsRecommended
FROM debian:12
CMD nginx
