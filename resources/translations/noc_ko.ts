<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>actions</name>
    <message>
        <source>Views</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Next that needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Go to a device, place or alarm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter or search of this view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous that needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open what the banner tells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledge what the banner tells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo (10 s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the device now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: dark, light, high contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This view in the whole window, or back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys of this place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>advice</name>
    <message>
        <source>Read the fingerprint of {device} at its own console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare it and trust it: noc-console trust</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until then no Xid of {device} is seen: a lost GPU shows only by its missing values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the account read the kernel log: group systemd-journal, or kernel.dmesg_restrict = 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the map what else is dark: power and uplink of {device} first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask it again now: F5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it stays dark: go to its rack, or use its management controller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare user, keys and algorithms with the configuration of {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the secret again: noc-console secret set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read what it answers: noc-console probe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask who reinstalled {device}. Without an answer treat it as an attack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read its fingerprint at its own console and compare it: noc-console trust</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the secret: noc-console secret set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then ask it now: F5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The regular values still come: only this answer is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a GPU server look for a hung nvidia-smi (state D) in the process list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether the other end ({neighbour}) is down as well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check optic and cable at {component}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with its neighbours on the Thermal view: one server, one rack or the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A row rises together: look at its cooler. One server: look at its fans and filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it keeps rising: lower the load before the hardware does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the standby cooler or the spare fan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch the inlets of the row: minutes count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call the facility: {component} of {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check breaker and feed of {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See what hangs on one feed only now, before anyone touches the other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the log of {device} for {component}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order the part before it fails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drain {device}: no new jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart the host. If the GPU returns and falls off again: replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial of the part: {serial}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look into the kernel log for an Xid, then restart the host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See how busy the collector&apos;s machine is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lengthen intervals or share its devices out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its devices are not watched: tell the shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the collector again and read its log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free space on the disk of the console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then press A again for what was not stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {component}: nvidia-smi --gpu-reset. If it fails, restart the host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it returns, replace the GPU (serial {serial})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart the host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do; watch whether it repeats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell the owner of the job to restart it; the server stays in service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {component} when it is idle; there is no hurry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart the virtual machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hands on the hardware: reseat or replace (serial {serial})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update driver and firmware of {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read unit and status words of the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do what the line of the log says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collect nvidia-bug-report.sh of {device} and look into it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>alarm</name>
    <message>
        <source>{duration} behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not stored</source>
        <translation>저장 안 됨</translation>
    </message>
    <message>
        <source>acknowledging…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worse again · {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation>신규</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>acknowledged by {who}</source>
        <translation>확인: {who}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer over {protocol}; the device answers otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>{protocol} refuses our credential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{protocol} answers what cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SSH host key is not trusted yet. Polling waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SSH host key changed. Polling is stopped</source>
        <translation>SSH 호스트 키 변경. 수집 중지</translation>
    </message>
    <message>
        <source>Credential missing. Not polled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} may not be read: what it would tell is not seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} gives no answer; the device does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port is down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port is down. Link to {neighbour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Margin to slowdown is short</source>
        <translation>스로틀링 여유 부족</translation>
    </message>
    <message>
        <source>Memory temperature above its limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inlet above its limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature above its limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fan is too slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fan stopped</source>
        <translation>팬 정지</translation>
    </message>
    <message>
        <source>Voltage lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voltage below its limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says of itself: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driver reports an error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU fell off the bus</source>
        <translation>GPU 버스 이탈</translation>
    </message>
    <message>
        <source>GPU is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collector polls too late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collector is silent. Its devices are not watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not stored: {why}</source>
        <translation>저장 안 됨: {why}</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Acknowledge, with a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the acknowledgement back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Done: close a cleared alarm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: name, site, text, owner  ( / )</source>
        <translation>필터: 이름, 사이트, 내용, 담당자  ( / )</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Free text, or {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {count}</source>
        <translation>미해결 {count}</translation>
    </message>
    <message>
        <source>Mine {count}</source>
        <translation>내 담당 {count}</translation>
    </message>
    <message>
        <source>All, 24 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} hidden by the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst, then newest</source>
        <translation>심각도, 최신순</translation>
    </message>
    <message>
        <source>Filter {term}, press to remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the next one should know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Note (may be empty): who does what until when</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action} {count} alarms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} alarms chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledge {count}</source>
        <translation>{count}건 확인</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>종결</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>조치</translation>
    </message>
    <message>
        <source>What happened ({zone})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>처리 필요</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>Warnings, no call</source>
        <translation>주의, 호출 없음</translation>
    </message>
    <message>
        <source>Cleared, not closed</source>
        <translation>해제됨, 미종결</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>종결</translation>
    </message>
    <message>
        <source>Since ({zone})</source>
        <translation>발생 ({zone})</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation type="unfinished">최근 1시간</translation>
    </message>
    <message>
        <source>Now (limit)</source>
        <translation>현재 (임계값)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Clear the filter or the choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>토폴로지</translation>
    </message>
    <message>
        <source>Fold, unfold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} open, {new} need you</source>
        <translation>미해결 {count}건, 처리 필요 {new}건</translation>
    </message>
    <message>
        <source>Choose a row to see what to do and what happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is watched: the inventory is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing needs you. No call in the last 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing needs you. Last call {time} ({where})</source>
        <translation>처리할 경보 없음. 마지막 호출 {time} ({where})</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>{count} acknowledged</source>
        <translation>{count}건 확인</translation>
    </message>
    <message>
        <source>{count} closed</source>
        <translation>{count}건 종결</translation>
    </message>
    <message>
        <source>Not stored: the disk is full. Free space, then press A again</source>
        <translation>저장 안 됨: 디스크 부족. 공간 확보 후 A를 다시 누르십시오</translation>
    </message>
    <message>
        <source>Not stored: the store does not answer. Press A again when it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not done: {why}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>device</name>
    <message>
        <source>What to do</source>
        <translation>조치</translation>
    </message>
    <message>
        <source>since {time}, {age}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  {count} more alarms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledge {name}: a note if you like, Enter sends, Esc drops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment on {name}: Enter sends, Esc drops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>일련번호</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{why}, last answer {age}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {duration}, {age}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer for {duration}</source>
        <translation>{duration}째 응답 없음</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mem °C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Power W</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MHz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory GiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ECC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throttle</source>
        <translation>스로틀링</translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbour</source>
        <translation>인접 장비</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>off by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found}, not in the plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found}, as planned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>planned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>임계값</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>feed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cooled by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>feeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>인접 장비</translation>
    </message>
    <message>
        <source>Time ({zone})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units {first}–{last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>stale</source>
        <translation type="unfinished">갱신 지연</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>No device chosen. Choose one on the map or in an alarm, or press Ctrl+K.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Take the acknowledgement back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No neighbour is planned, none was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alarm of this device is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open neighbour</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>frame</name>
    <message>
        <source>Close</source>
        <translation type="unfinished">종결</translation>
    </message>
    <message>
        <source>A part of the window failed ({error}). The log says more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>nobody has it yet</source>
        <translation>담당자 없음</translation>
    </message>
    <message>
        <source>+{count} more calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to a device, place, alarm or view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last change {time}</source>
        <translation>마지막 변경 {time}</translation>
    </message>
    <message>
        <source>stored {time}</source>
        <translation>저장 {time}</translation>
    </message>
    <message>
        <source>{count} devices</source>
        <translation>장비 {count}대</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>처리할 경보 없음</translation>
    </message>
    <message>
        <source>View: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Site: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>전체 사이트</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole window, or back (Shift+F11)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Show one site only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} 신규</translation>
    </message>
    <message>
        <source>{severity}: {count} open, {new} not acknowledged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>folded</source>
        <translation>묶음</translation>
    </message>
    <message>
        <source>{count} folded</source>
        <translation>{count} 묶음</translation>
    </message>
    <message>
        <source>Symptoms that hang off another alarm and do not call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls in 10 min</source>
        <translation>10분 호출</translation>
    </message>
    <message>
        <source>FLOOD</source>
        <translation>경보 폭주</translation>
    </message>
    <message>
        <source>{count} calls in the last 10 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 is right, 2 is the most that is manageable, above 10 is a flood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to a device, place or alarm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acting as {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collectors {count}</source>
        <translation>수집기 {count}</translation>
    </message>
    <message>
        <source>{collector} silent {duration}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing asked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} answer · {late} late</source>
        <translation>{share} 응답 · {late} 지연</translation>
    </message>
    <message>
        <source>{n} of {m} devices answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{collector}: {devices} devices, {polls} polls, {failed} failed, {late} late, {behind} behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last two hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calls</source>
        <translation type="unfinished">호출</translation>
    </message>
    <message>
        <source>open</source>
        <translation>미해결</translation>
    </message>
    <message>
        <source>people</source>
        <translation>작업자</translation>
    </message>
    <message>
        <source>No calls in the last two hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>You see now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>실행 취소 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Nothing is stored now: {why}. Alarms still show; acknowledgements must wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a device first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{device} is being asked</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>language</name>
    <message>
        <source>{language} is not translated yet: texts are English, numbers and dates follow {language}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{language}: {done} of {all} texts are translated, the others are English</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>map</name>
    <message>
        <source>Devices by place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>core</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leaf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>router</source>
        <translation>라우터</translation>
    </message>
    <message>
        <source>access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OLT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cell sites</source>
        <translation>기지국</translation>
    </message>
    <message>
        <source>servers</source>
        <translation>서버</translation>
    </message>
    <message>
        <source>storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>power</source>
        <translation type="unfinished">소비 전력</translation>
    </message>
    <message>
        <source>UPS</source>
        <translation>UPS</translation>
    </message>
    <message>
        <source>cooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, address, serial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {all}. Enter goes to the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation>토폴로지</translation>
    </message>
    <message>
        <source>Map of the devices. V shows it as a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrange anew, forget places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row {name}</source>
        <translation>{name}열</translation>
    </message>
    <message>
        <source>No site</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No devices: the inventory is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag devices, or move the chosen one with the arrows. E ends it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom, fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next alarm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Along a link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} devices, {alarmed} with an alarm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inlet °C</source>
        <translation>흡기 °C</translation>
    </message>
    <message>
        <source>link load</source>
        <translation>링크 사용률</translation>
    </message>
</context>
<context>
    <name>scenario</name>
    <message>
        <source>Demo: begin {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo: repair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo: {name} begins soon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo: {name} since {time}. It is a simulated fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repair</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>state</name>
    <message>
        <source>{collector} has been silent since {time}. {count} devices are not watched.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>thermal</name>
    <message>
        <source>GPUs of all servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no data</source>
        <translation>데이터 없음</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>{row}열</translation>
    </message>
    <message>
        <source>cooled by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inlet °C</source>
        <translation>흡기 °C</translation>
    </message>
    <message>
        <source>GPU °C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cooler fans, rpm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished">주의</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>경미</translation>
    </message>
    <message>
        <source>major</source>
        <translation type="unfinished">중대</translation>
    </message>
    <message>
        <source>critical</source>
        <translation type="unfinished">심각</translation>
    </message>
    <message>
        <source>No inlet temperature is known yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No GPU is over its limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {name} of {room}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {name}</source>
        <translation>{name}열</translation>
    </message>
    <message>
        <source>Rack {name}</source>
        <translation>랙 {name}</translation>
    </message>
    <message>
        <source>{group} warms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{group} warms as one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its cooler {cooler}: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its inlet rises {rate} °C per min.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rising} of {all} inlets rise, {rate} °C per min.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also warming: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{inlets} inlets and {gpus} GPUs are over a limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{inlets} of {all} inlets are over a limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{gpus} GPUs are over a limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warmest: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inlets between {low} and {high} °C.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No inlet has a fresh value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {count} inlets between {low} and {high} °C.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} inlets have no fresh value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thermal</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>24 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorter range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longer range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>power</source>
        <translation>소비 전력</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>사용률</translation>
    </message>
    <message>
        <source>Heat map by the next measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{site} · row {row}</source>
        <translation>{site} · {row}열</translation>
    </message>
    <message>
        <source>GPU {unit} · {count} servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} · times in {zone}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} · reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>older values could not be read: {why}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>People</source>
        <translation>작업자</translation>
    </message>
    <message>
        <source>Nobody did anything in this range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished">타임라인</translation>
    </message>
    <message>
        <source>Alarms over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: name, text, owner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>24 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7 d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorter range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longer range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}: {count} stood, {calls} of them call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The past could not be read: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} hidden by the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alarm in this range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alarm in this range. The last was {time} ({where}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Zoom, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{range}, {count} alarms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · reading…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>h</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>d</source>
        <translation>일</translation>
    </message>
    <message>
        <source>{duration} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>critical</source>
        <translation type="unfinished">심각</translation>
    </message>
    <message>
        <source>major</source>
        <translation type="unfinished">중대</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>경미</translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished">주의</translation>
    </message>
    <message>
        <source>indeterminate</source>
        <translation type="unfinished">미정</translation>
    </message>
    <message>
        <source>core switch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leaf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>access switch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>router</source>
        <translation>라우터</translation>
    </message>
    <message>
        <source>GPU server</source>
        <translation>GPU 서버</translation>
    </message>
    <message>
        <source>server</source>
        <translation>서버</translation>
    </message>
    <message>
        <source>storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDU</source>
        <translation>PDU</translation>
    </message>
    <message>
        <source>UPS</source>
        <translation>UPS</translation>
    </message>
    <message>
        <source>cooler</source>
        <translation>항온항습기</translation>
    </message>
    <message>
        <source>sensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cell site</source>
        <translation>기지국</translation>
    </message>
    <message>
        <source>OLT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>memory temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>margin to slowdown</source>
        <translation>스로틀링 여유</translation>
    </message>
    <message>
        <source>power</source>
        <translation>소비 전력</translation>
    </message>
    <message>
        <source>power limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>사용률</translation>
    </message>
    <message>
        <source>CPU utilisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fan</source>
        <translation>팬</translation>
    </message>
    <message>
        <source>clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>humidity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>voltage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>charge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the credential is refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the device does not know this user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer is cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the SSH host key has changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the SSH host key is not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the secret is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>디스크 부족</translation>
    </message>
    <message>
        <source>the store does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the alarm is no longer there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the console has not started yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>severity changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>acknowledgement taken back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>commented</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>종결</translation>
    </message>
</context>
</TS>
