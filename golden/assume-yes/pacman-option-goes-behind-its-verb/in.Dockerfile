FROM archlinux
RUN pacman -Syu git && pacman -Rns x && pacman -Q
