#include "src/verify/probe.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <sstream>
#include <string>

namespace dfix {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kHttpLimit(3);
constexpr size_t kMostAnswer = 1 << 16;
constexpr size_t kMostBody = 4000;
constexpr size_t kMostPorts = 16;

std::string ReadProc(const char* path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

int MillisecondsUntil(Clock::time_point limit) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      limit - Clock::now());
  return static_cast<int>(std::max<int64_t>(0, left.count()));
}

bool WaitFor(int socket, short events, Clock::time_point limit) {
  pollfd file = {socket, events, 0};
  return poll(&file, 1, MillisecondsUntil(limit)) > 0;
}

// All that a server answers to a request on a connected socket.
std::string Talk(int socket, std::string_view request,
                 Clock::time_point limit) {
  std::string answer;
  if (!WaitFor(socket, POLLOUT, limit)) return answer;
  if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0) {
    return answer;
  }
  std::array<char, 4096> buffer;
  while (answer.size() < kMostAnswer && WaitFor(socket, POLLIN, limit)) {
    const ssize_t count = recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) break;
    answer.append(buffer.data(), static_cast<size_t>(count));
  }
  return answer;
}

std::string Ask(int family, const sockaddr* address, socklen_t size) {
  const int connection =
      socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (connection < 0) return "";
  // Servers that no longer read can be told to hang up, and still answer.
  connect(connection, address, size);
  std::string answer =
      Talk(connection,
           "GET / HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n",
           Clock::now() + kHttpLimit);
  close(connection);
  return answer;
}

HttpAnswer AskPort(int port) {
  sockaddr_in four = {};
  four.sin_family = AF_INET;
  four.sin_port = htons(static_cast<uint16_t>(port));
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer =
      Ask(AF_INET, reinterpret_cast<const sockaddr*>(&four), sizeof four);
  if (answer.empty()) {
    sockaddr_in6 six = {};
    six.sin6_family = AF_INET6;
    six.sin6_port = four.sin_port;
    six.sin6_addr = in6addr_loopback;
    answer = Ask(AF_INET6, reinterpret_cast<const sockaddr*>(&six), sizeof six);
  }
  return ParseHttpAnswer(port, answer);
}

}  // namespace

std::vector<int> ListeningPorts(std::string_view table) {
  std::vector<int> ports;
  std::istringstream lines{std::string(table)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string slot, local, remote, state;
    if (!(words >> slot >> local >> remote >> state) || state != "0A") continue;
    const size_t colon = local.rfind(':');
    if (colon == std::string::npos) continue;
    int port = 0;
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), port,
                    16);
    if (port > 0) ports.push_back(port);
  }
  std::sort(ports.begin(), ports.end());
  ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
  return ports;
}

std::optional<uint32_t> EffectiveUid(std::string_view status) {
  std::istringstream lines{std::string(status)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    uint32_t real = 0;
    uint32_t effective = 0;
    if (words >> name >> real >> effective && name == "Uid:") return effective;
  }
  return std::nullopt;
}

HttpAnswer ParseHttpAnswer(int port, std::string_view text) {
  HttpAnswer answer = {port, 0, ""};
  if (!text.starts_with("HTTP/1.")) return answer;
  const size_t space = text.find(' ');
  if (space == std::string_view::npos) return answer;
  std::from_chars(text.data() + space + 1, text.data() + text.size(),
                  answer.status);
  const size_t end = text.find("\r\n\r\n");
  if (end != std::string_view::npos) {
    answer.body = text.substr(end + 4, kMostBody);
  }
  return answer;
}

ProbeResult ProbeFromInside(bool ask) {
  ProbeResult result;
  result.uid = EffectiveUid(ReadProc("/proc/1/status")).value_or(0);
  result.ports =
      ListeningPorts(ReadProc("/proc/net/tcp") + ReadProc("/proc/net/tcp6"));
  if (!ask) return result;
  for (const int port : result.ports) {
    if (result.answers.size() == kMostPorts) break;
    result.answers.push_back(AskPort(port));
  }
  return result;
}

}  // namespace dfix
