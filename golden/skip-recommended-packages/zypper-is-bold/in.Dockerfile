FROM suse
RUN zypper -n in a
