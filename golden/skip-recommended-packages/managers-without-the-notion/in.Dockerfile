FROM alpine:3.20
RUN apk add a && yum install -y b && pip install c && npm i d
