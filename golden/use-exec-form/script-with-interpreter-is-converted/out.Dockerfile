FROM debian:12
RUN printf "#!/bin/sh\\nexec serve\\n" > /start.sh && chmod +x /start.sh
CMD ["/start.sh"]
