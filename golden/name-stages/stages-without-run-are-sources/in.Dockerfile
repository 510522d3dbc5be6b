from alpine:3.20
from scratch
copy --from=0 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
