FROM python:3.12
ARG HOME_OF_APP=/srv/app
ENV APP_HOME=$HOME_OF_APP
WORKDIR $APP_HOME
COPY . .
RUN apt-get update && apt-get install -y git
RUN pip install -r requirements.txt
