// `taskkill /PID n /T /F`, which ends a process and all that it started; wine's own knows no /T.
#include <windows.h>
#include <stdlib.h>
#include <tlhelp32.h>

static void end(DWORD pid) {
  HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, pid);
  if (process) TerminateProcess(process, 1);
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32 entry = {.dwSize = sizeof entry};
  for (BOOL more = Process32First(all, &entry); more; more = Process32Next(all, &entry))
    if (entry.th32ParentProcessID == pid && entry.th32ProcessID != pid) end(entry.th32ProcessID);
}

int main(int count, char **arguments) {
  if (count != 5) return 1;
  end(strtoul(arguments[2], NULL, 10));
  return 0;
}
