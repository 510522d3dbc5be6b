FROM archlinux
RUN pacman -Syu --noconfirm git
RUN pacman -S --noconfirm git && pacman -Scc --noconfirm
