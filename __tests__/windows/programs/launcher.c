// Starts what the first line of `<its own name>.txt` says, with the words of its own command line behind it as they are.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

static WCHAR line[32768];

int wmain(int count, WCHAR **words) {
  WCHAR name[MAX_PATH];
  GetModuleFileNameW(NULL, name, MAX_PATH);
  wcscpy(wcsrchr(name, L'.'), L".txt");
  FILE *said = _wfopen(name, L"rt, ccs=UTF-8");
  if (!said || !fgetws(line, 16384, said)) return 127;
  line[wcscspn(line, L"\r\n")] = 0;

  // The program's name, quoted or not, ends at the first blank outside of quotes.
  const WCHAR *rest = GetCommandLineW();
  for (int quoted = 0; *rest && (quoted || (*rest != L' ' && *rest != L'\t')); rest++) quoted ^= *rest == L'"';
  wcscat(line, rest);

  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION started;
  if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &started)) return 126;
  WaitForSingleObject(started.hProcess, INFINITE);
  DWORD code = 1;
  GetExitCodeProcess(started.hProcess, &code);
  return (int)code;
}
