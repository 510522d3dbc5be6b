FROM ruby
RUN gem install fluentd
COPY fluentd.conf /fluentd.conf
CMD ["ruby", "-v"]
