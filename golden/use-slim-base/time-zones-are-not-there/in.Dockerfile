FROM node:20
RUN cp /usr/share/zoneinfo/Asia/Shanghai /etc/localtime
COPY app.js /
CMD ["node", "/app.js"]
