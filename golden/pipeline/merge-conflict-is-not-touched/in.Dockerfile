FROM debian:12
<<<<<<< HEAD
RUN apt-get install curl
=======
RUN apt-get install wget
>>>>>>> other
