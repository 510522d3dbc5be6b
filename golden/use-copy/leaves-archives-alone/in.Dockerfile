FROM scratch
ADD rootfs.tar.xz /
ADD a.conf app.TGZ /srv/
ADD ["x.tar.zst", "/"]
ADD "data.tbz2" /
