FROM node:20
WORKDIR /app
COPY . .
RUN sed -i -e "s/main/main contrib/" /etc/apt/sources.list && grep -q a/b /etc/passwd
RUN curl -fsSL https://example.com/tool.tgz | tar xz -C /opt && chmod +x /opt/tool
RUN useradd worker && mkdir logs && chown worker:worker /opt/tool
RUN git clone https://example.com/fonts /usr/share/fonts/own
RUN [ -d /opt ] && find /opt -name README -delete
RUN npm ci | tee /var/log/install.log
