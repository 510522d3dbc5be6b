FROM debian:12
MAINTAINER Ada "the first" $L <a\b@c>
