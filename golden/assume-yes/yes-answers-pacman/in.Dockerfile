FROM archlinux
RUN printf "n\\n" | pacman -S git
