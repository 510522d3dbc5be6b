from alpine:3.20 as source
from scratch
copy --from=source /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
