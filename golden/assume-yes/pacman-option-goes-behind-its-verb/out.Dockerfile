FROM archlinux
RUN pacman -Syu --noconfirm git && pacman -Rns --noconfirm x && pacman -Q
