FROM alpine:3.20
RUN apk add --virtual .deps gcc && make && apk del .deps
