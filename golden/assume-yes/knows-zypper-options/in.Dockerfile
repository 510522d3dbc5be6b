FROM opensuse/leap:15.6
RUN zypper -n in a && zypper in -y a && zypper install --no-confirm a && zypper --non-interactive rm b && zypper ref
