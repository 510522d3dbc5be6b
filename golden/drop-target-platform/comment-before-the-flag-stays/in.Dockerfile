FROM \
  # for whoever asks
  --platform=$TARGETPLATFORM alpine:3.20
