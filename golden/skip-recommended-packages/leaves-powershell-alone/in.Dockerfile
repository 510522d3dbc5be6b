FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell"]
RUN apt-get install -y curl
