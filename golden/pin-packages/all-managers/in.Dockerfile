FROM a
RUN apk add curl "git=~2"
RUN pip install flask "django>=4" requests==2
RUN npm install -g yarn @angular/cli @vue/cli@5
RUN gem install rake bundler:2
RUN yum install -y httpd-devel nginx-1.20
RUN zypper in -y httpd
RUN go install example.org/x@v1
