# escape=`
FROM debian:12
MAINTAINER a\b `c $d "e"
