FROM mcr.microsoft.com/windows/servercore:ltsc2022
HEALTHCHECK CMD curl -f http://localhost/
