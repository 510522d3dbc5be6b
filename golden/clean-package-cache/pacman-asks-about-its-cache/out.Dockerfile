FROM archlinux
RUN pacman -Syu --noconfirm git && rm -rf /var/cache/pacman/pkg/*
RUN pacman -S --noconfirm git && pacman -Scc --noconfirm
