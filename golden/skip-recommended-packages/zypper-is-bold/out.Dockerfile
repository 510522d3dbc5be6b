FROM suse
RUN zypper -n in --no-recommends a
