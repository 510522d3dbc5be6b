FROM alpine:3.20
COPY tool.sh /
RUN apk update && apk add git && /tool.sh
CMD ["sh"]
