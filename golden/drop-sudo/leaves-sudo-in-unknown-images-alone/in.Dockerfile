FROM example.com/company/base:1
RUN sudo apt-get update
