FROM python:3.12
ARG HOME_OF_APP=/srv/app
ENV APP=${HOME_OF_APP}
WORKDIR $APP
COPY . $APP
RUN pip install -r $APP/requirements.txt
